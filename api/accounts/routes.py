"""Every page of this room."""

from fastapi import APIRouter

from api.accounts import audit_endpoints, endpoints, issuer_endpoints, own_endpoints, people_endpoints

router = APIRouter(tags=["accounts"], include_in_schema=False)
for page in (endpoints, issuer_endpoints, own_endpoints, people_endpoints, audit_endpoints):
    router.include_router(page.router)
