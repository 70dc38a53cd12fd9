# make run — set up and open the viewer        make test — every check, browser included
# Needs only Python 3.11 or later; everything else is installed into .venv.

SHELL := /bin/sh
BIN := .venv/bin
# The first Python that really starts and is new enough (a name alone may be an empty shim).
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable microsoft-edge msedge
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-config --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock"

.PHONY: help run venv install dev browser database gdal nginx strace lint test pictures bench data assets lock clean python

help: ## 显示这些说明 / show these lines
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/'

python:
	@test -n "$(PYTHON)" || { \
	echo "没有找到 Python 3.11 或更新版本，请先安装（Debian：sudo apt install python3 python3-venv）。"; \
	echo "No Python 3.11 or later found; install it first (Debian: sudo apt install python3 python3-venv)."; \
	exit 2; }

run: python ## 安装并打开 / install if needed, open in the browser
	@exec $(PYTHON) run.py

install: python ## 只安装运行所需 / install what running needs
	@$(PYTHON) run.py --setup requirements

venv: install

dev: python ## 安装测试所需 / install what testing needs
	@$(PYTHON) run.py --setup requirements-dev

browser: # tests drive $$CHROME, or a browser found by name, or one that apt can give
	@test -n "$$CHROME" && exit 0; \
	for name in $(BROWSERS); do command -v $$name >/dev/null 2>&1 && exit 0; done; \
	if command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
		apt-get -o Acquire::Retries=3 update -qq && apt-get install -y -qq --no-install-recommends chromium; \
	else \
		echo "没有找到 Chromium、Chrome 或 Edge：请安装其一，或用 CHROME=路径 指明；没有它，浏览器测试不会通过。"; \
		echo "No Chromium, Chrome or Edge found: install one or set CHROME=path; the browser tests need it."; \
	fi

database: # tests start a PostgreSQL with PostGIS of their own, or use $$ZONE_TEST_PG
	@test -n "$$ZONE_TEST_PG" && exit 0; \
	ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 && exit 0; \
	if command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
		apt-get -o Acquire::Retries=3 update -qq && DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends postgresql postgresql-postgis; \
	else \
		echo "没有找到 PostgreSQL 与 PostGIS：Debian 可用 sudo apt install postgresql postgresql-postgis；其测试将跳过。"; \
		echo "No PostgreSQL with PostGIS found; on Debian: sudo apt install postgresql postgresql-postgis; its tests will be skipped."; \
	fi

gdal: # slope and aspect are compared with gdaldem
	@command -v gdaldem >/dev/null 2>&1 && exit 0; \
	if command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
		apt-get -o Acquire::Retries=3 update -qq && apt-get install -y -qq --no-install-recommends gdal-bin; \
	else \
		echo "没有找到 gdaldem：Debian 可用 sudo apt install gdal-bin；坡度、坡向将不与之比较。"; \
		echo "No gdaldem found; on Debian: sudo apt install gdal-bin; slope and aspect will not be compared with it."; \
	fi

nginx: # two processes on one database are tried behind it
	@command -v nginx >/dev/null 2>&1 && exit 0; test -x /usr/sbin/nginx && exit 0; \
	if command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
		apt-get -o Acquire::Retries=3 update -qq && DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends nginx-light; \
	else \
		echo "没有找到 nginx：Debian 可用 sudo apt install nginx-light；其测试将跳过。"; \
		echo "No nginx found; on Debian: sudo apt install nginx-light; its test will be skipped."; \
	fi

strace: # shows where the server connects to
	@command -v strace >/dev/null 2>&1 && exit 0; test "$$(uname)" = Linux || exit 0; \
	if command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
		apt-get -o Acquire::Retries=3 update -qq && apt-get install -y -qq --no-install-recommends strace; \
	else \
		echo "没有找到 strace：Debian 可用 sudo apt install strace；服务器的连接将不核对。"; \
		echo "No strace found; on Debian: sudo apt install strace; connections of the server will not be checked."; \
	fi

lint: dev ## 格式与类型 / format and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: dev browser database gdal nginx strace lint ## 全部检查与测试 / every check and test
	E2E=required $(BIN)/python -m pytest -rs

pictures: dev browser ## 重拍说明中的图 / take the pictures of the pages again
	E2E=required PICTURES=1 $(BIN)/python -m pytest tests/e2e/test_pictures.py

bench: python browser ## 与同类比较 / measure against peers
	@$(PYTHON) run.py --setup requirements-bench
	$(BIN)/python -m pytest -c pyproject.toml tests/bench -s -o norecursedirs=".*"

data: dev ## 由原始数据重建界线 / rebuild the shipped boundaries
	$(BIN)/python data/boundaries/build.py

assets: dev ## 由 npm 重建脚本与字体 / rebuild scripts and fonts from npm
	$(BIN)/python assets/build.py

lock: dev ## 更新锁定的依赖 / resolve the locked packages again
	$(BIN)/pip install --quiet --disable-pip-version-check uv==0.13.9
	$(COMPILE) -o requirements.txt
	$(COMPILE) --extra dev -c requirements.txt -o requirements-dev.txt
	$(COMPILE) --extra cluster -c requirements-dev.txt -o requirements-cluster.txt
	$(COMPILE) --extra dev --extra bench -c requirements-dev.txt -o requirements-bench.txt

clean: ## 删去虚拟环境与缓存 / remove the environment and caches
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
