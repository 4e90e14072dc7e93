"""What a whole use case of the aid asks of DynamoDB: its requests, each as often as who makes no mistake makes it."""

from collections.abc import Iterator, Mapping, Sized

from infra.bench.rows import Row

DRAFT, PROOFS, BATCH = (
    "/subventions/demandes/{draft_id}",
    "/espace/aides/{reference}/justificatifs",
    "/bureau/virements/{batch_id}",
)
USE_CASES: Mapping[str, Mapping[str, int]] = {
    "an application for aid: five pages, a page of documents, the check": {
        "GET /subventions": 1,
        "POST /subventions/demandes": 1,
        f"GET {DRAFT}": 1,
        f"GET {DRAFT}/pages/{{key}}": 5,
        f"POST {DRAFT}/pages/{{key}}": 5,
        f"GET {DRAFT}/pages/{{key}}, documents": 1,
        f"POST {DRAFT}/pages/{{key}}, documents": 1,
        f"GET {DRAFT}/verification": 1,
        f"POST {DRAFT}/verification": 1,
    },
    "a decision about it by link": {
        "GET /decisions/{token}, an aid": 1,
        "POST /decisions/{token}, an aid": 1,
    },
    "a payment: the proofs, two decisions, the order, the file for the bank, the statement": {
        f"POST {PROOFS}": 1,
        f"GET {PROOFS}/pages/{{key}}": 3,
        f"POST {PROOFS}/pages/{{key}}": 3,
        f"GET {PROOFS}/pages/{{key}}, documents": 1,
        f"POST {PROOFS}/pages/{{key}}, documents": 1,
        f"GET {PROOFS}/verification": 1,
        f"POST {PROOFS}/verification": 1,
        "GET /decisions/{token}, an aid": 2,
        "POST /decisions/{token}, an aid": 2,
        "GET /bureau/virements": 1,
        "POST /bureau/virements": 1,
        f"GET {BATCH}": 1,
        f"GET {BATCH}/fichier": 1,
        f"POST {BATCH}/versements/{{reference}}/paye": 1,
    },
}


def rows(calls: Mapping[str, Sized]) -> Iterator[Row]:
    """One row for each; `calls` are those of one request, by its name."""
    for name, requests in USE_CASES.items():
        asked = sum(times * len(calls[request]) for request, times in requests.items())
        label = f"calls of DynamoDB for {name} ({sum(requests.values())} requests)"
        yield Row(label, asked, "", digits=0)
