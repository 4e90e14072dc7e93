"""Every task can be given its first event by `make bench`: a new task whose event it cannot read is seen here."""

from infra.bench import tables
from infra.bench.cold import first_events
from infra.bench.fresh import Case, seconds
from infra.packaging.names import ROOT


def test_every_task_reads_its_first_event():
    with tables.served() as endpoint:
        assert seconds(Case("\n".join(first_events().values()), ROOT), endpoint) > 0
