"""Who may call which route. A route that is not here fails the tests; each kind is tried in tests/journeys."""

FAMILIES = "anyone, no sign-in; an unguessable conversation id is the key"
OPEN = "anyone, read only"
TWILIO = "only with Twilio's signature; 404 without credentials"
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
}
