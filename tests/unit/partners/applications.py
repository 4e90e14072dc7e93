"""Right answers to the membership application, typed and urlencoded."""

HOTEL = {
    "first_name": "Maëlle",
    "last_name": "Le Goff",
    "role": "Gérante",
    "email": "maelle@example.fr",
    "phone": "+33465710000",
    "legal_nature": "company",
    "siret": "73282932000074",
    "legal_name": "SARL Les Noyers",
    "business_name": "Hôtel des Noyers",
    "category": "hotel",
    "capacity_units": 12,
    "capacity_persons": 24,
    "star_rating": 3,
    "classified_until": "2028-12-31",
    "labels": ["accueil_velo"],
    "website": "https://www.example.fr",
    "address": "12 route du Vercors",
    "postcode": "38160",
    "commune": "38416",
    "pack": "essentiel",
    "consent_terms": True,
}
LODGING_ONLY = (
    "capacity_units",
    "capacity_persons",
    "star_rating",
    "classified_until",
    "registration_number",
)


def without(answers, *names):
    return {name: value for name, value in answers.items() if name not in names}


RESTAURANT = without(HOTEL, *LODGING_ONLY) | {"category": "restaurant"}
FURNISHED = HOTEL | {"category": "furnished_rental", "registration_number": "38416123456AB"}
GUEST_HOUSE = without(HOTEL, "star_rating", "classified_until") | {
    "category": "guest_house",
    "capacity_units": 5,
    "capacity_persons": 15,
}
