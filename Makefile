# make run [PORT=4566] [OFFICE=pays-de-gex] [AUTH=true]   the whole application on this machine, until Ctrl-C
# make reset                                              forget what was entered there
# make test [ARGS="-k name"]                              every test, browser included
# make load [FILES=1000] [CLIENTS=8]                      files submitted and decided through the public pages, with figures
# make demo [COUNT=150] [PATIENCE=240]                    a believable year in what `make run` runs, and what to open then
# make lint                                               every static check
# make bench                                              where the time goes, as a table
# make costs                                              what a year costs on AWS, from counted calls and dated prices
# make office FILE=offices/x.json [STAGE=prod]            load an office file: into the running local cloud, or into a stage
# make deploy STAGE=prod                                  to AWS, with your credentials (docs/deploy.md)
# make rotate-keys [STAGE=prod]                           a new key for signing links; the last one stays known
# make destroy STAGE=prod                                 away from AWS; the tables stay
PYTHON ?= python3
export PORT OFFICE AUTH CORDEE_CHROMIUM FILES CLIENTS COUNT PATIENCE

.PHONY: run reset package test load demo lint bench costs office deploy rotate-keys destroy clean

run:
	@$(PYTHON) infra/bootstrap.py run infra.local.run

reset:
	@rm -rf .local

package:
	@$(PYTHON) infra/bootstrap.py run infra.package

test:
	@$(PYTHON) infra/bootstrap.py dev infra.testing $(ARGS)

load:
	@$(PYTHON) infra/bootstrap.py dev tests.load

demo:
	@$(PYTHON) infra/bootstrap.py dev infra.demo

lint:
	@$(PYTHON) infra/bootstrap.py dev infra.lint

bench:
	@$(PYTHON) infra/bootstrap.py dev infra.bench

costs:
	@$(PYTHON) infra/bootstrap.py dev infra.costs

office:
	@$(PYTHON) infra/bootstrap.py run infra.load_office --file $(or $(FILE),$(error name the file: make office FILE=offices/x.json)) $(if $(STAGE),--stage $(STAGE))

deploy:
	@$(PYTHON) infra/bootstrap.py run infra.deploy $(or $(STAGE),$(error name the stage: make deploy STAGE=prod))

rotate-keys:
	@$(PYTHON) infra/bootstrap.py run infra.rotate_keys $(if $(STAGE),--stage $(STAGE))

destroy:
	@$(PYTHON) infra/bootstrap.py run infra.destroy $(or $(STAGE),$(error name the stage: make destroy STAGE=prod))

clean: reset
	@rm -rf .build .venv .chalice/deployments
