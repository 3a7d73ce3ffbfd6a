"""A reply, exactly as callers rely on it (the JSON contract). SMS is made from the same."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

Contact = Literal["999", "111", "111_option_2", "maternity_unit", "abuse_helpline"]
Channel = Literal["web", "sms"]
TEXT_LIMIT = 1600


class Source(BaseModel):
    title: str
    url: str


class MessageOut(BaseModel):
    key: str
    language: str
    text: str
    revision: int
    approved: bool
    demonstration: bool
    fallback_from: str | None = None
    sources: list[Source] = []
    reviewed_on: date | None = None


class ServiceOut(BaseModel):
    """`referral_note`, `opening` and `warning` are sentences in the family's language, or None."""

    id: str
    name: str
    summary: str
    phone: str | None = None
    text_number: str | None = None
    url: str | None = None
    address: str | None = None
    postcode: str | None = None
    distance_km: float | None = None
    languages: list[str] = []
    open_now: bool | None = None
    assured_on: date | None = None
    referral: str = "self"
    referral_note: str | None = None
    referral_sentences: list[str] = []
    opening: str | None = None
    warning: str | None = None
    facts: list[str] = []


class ChoiceOut(BaseModel):
    label: str
    say: str


class Alternative(BaseModel):
    key: str
    confidence: float


class Understood(BaseModel):
    key: str | None = None
    confidence: float = 0.0
    language: str | None = None
    script: str = "Latn"
    alternatives: list[Alternative] = []


class Urgent(BaseModel):
    key: str
    contact: Contact


class Reply(BaseModel):
    """`ask_if_helped`: whether a channel may ask, under this reply, if it helped."""

    reply_id: str
    conversation_id: str
    language: str
    understood: Understood
    urgent: Urgent | None = None
    messages: list[MessageOut]
    services: list[ServiceOut] = []
    choices: list[ChoiceOut] = []
    ask_if_helped: bool = False


class Started(BaseModel):
    conversation_id: str
    welcome: list[MessageOut]
    choices: list[ChoiceOut]


class ConversationIn(BaseModel):
    language: str | None = Field(default=None, max_length=20)


class MessageIn(BaseModel):
    text: str


class FeedbackIn(BaseModel):
    """`reason` and `detail` only when it did not help."""

    helped: bool
    reason: Literal["not_my_question", "unclear", "wrong", "language", "other"] | None = None
    detail: str = ""
