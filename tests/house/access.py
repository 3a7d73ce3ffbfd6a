"""Who may call which route. A route that is not here fails the tests; each kind is tried in tests/journeys."""

FAMILIES = "anyone, no sign-in; an unguessable conversation id is the key"
OPEN = "anyone, read only"
TWILIO = "only with Twilio's signature; 404 without credentials"
OWN_PAGE = "a family, from our own page only: a form of another site is refused"
DEVELOPERS = "anyone, but the route exists only in demonstration mode without Twilio credentials"

ACCESS = {
    ("GET", "/livez"): OPEN,
    ("GET", "/readyz"): OPEN,
    ("POST", "/api/v1/conversations"): FAMILIES,
    ("POST", "/api/v1/conversations/{conversation_id}/messages"): FAMILIES,
    ("DELETE", "/api/v1/conversations/{conversation_id}"): FAMILIES,
    ("GET", "/api/v1/languages"): OPEN,
    ("GET", "/api/v1/services"): OPEN,
    ("GET", "/api/v1/needs"): OPEN,
    ("POST", "/sms/twilio/inbound"): TWILIO,
    ("POST", "/sms/twilio/status"): TWILIO,
    ("GET", "/dev/sms"): DEVELOPERS,
    ("GET", "/dev/sms.css"): DEVELOPERS,
    ("POST", "/dev/sms"): DEVELOPERS,
    ("GET", "/openapi.json"): OPEN,
    ("GET", "/"): FAMILIES,
    ("GET", "/chat"): FAMILIES,
    ("POST", "/chat"): OWN_PAGE,
    ("POST", "/chat/forget"): OWN_PAGE,
    ("GET", "/delete"): FAMILIES,
    ("POST", "/delete"): OWN_PAGE,
    ("GET", "/language"): FAMILIES,
    ("POST", "/language"): OWN_PAGE,
    ("GET", "/privacy"): OPEN,
    ("GET", "/leaflet/{topic}/{question}"): OPEN,
    ("GET", "/embed.js"): OPEN,
    ("GET", "/static/*"): OPEN,
    ("GET", "/widget"): FAMILIES,
    ("GET", "/widget/chat"): FAMILIES,
    ("GET", "/widget/delete"): FAMILIES,
    ("GET", "/widget/language"): FAMILIES,
    ("GET", "/widget/example"): DEVELOPERS,
    ("POST", "/widget"): OWN_PAGE,
    ("POST", "/widget/chat"): OWN_PAGE,
    ("POST", "/widget/delete"): OWN_PAGE,
    ("POST", "/widget/forget"): OWN_PAGE,
    ("POST", "/widget/language"): OWN_PAGE,
}
