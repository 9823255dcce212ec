"""The tables of the directory; they stay close to HSDS-UK 3.0, so that nothing is lost either way."""

from alongside.casework.directory.models.details import CostOption, Language, Phone, Schedule, ServiceArea
from alongside.casework.directory.models.feeds import Feed
from alongside.casework.directory.models.organizations import DirectoryOrganization
from alongside.casework.directory.models.places import Address, Location, ServiceAtLocation
from alongside.casework.directory.models.services import Service
from alongside.casework.directory.models.taxonomies import Attribute, Taxonomy, TaxonomyTerm

__all__ = [
    "Address", "Attribute", "CostOption", "DirectoryOrganization", "Feed", "Language", "Location", "Phone",
    "Schedule", "Service", "ServiceArea", "ServiceAtLocation", "Taxonomy", "TaxonomyTerm",
]  # fmt: skip
