# make run [PORT=4566] [OFFICE=pays-de-gex] [AUTH=true]   the whole application on this machine
# make test                                               every test, browser included
# make deploy STAGE=prod                                  to AWS, with your credentials (docs/deploy.md)
PYTHON ?= python3
STAGE ?=
FILE ?=
export PORT OFFICE AUTH

.PHONY: run package
run:
	@$(PYTHON) infra/bootstrap.py run infra.local.run

package:
	@$(PYTHON) infra/bootstrap.py run infra.package
