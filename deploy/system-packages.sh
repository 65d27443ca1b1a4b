#!/bin/sh
# What the tests use beyond Python and Node: a browser, and the sandbox that runs learners' programs.
# Root on Debian or Ubuntu gets them installed; everybody else is told in one line.
set -eu

missing=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
	missing="$missing chromium"
command -v bwrap >/dev/null || missing="$missing bubblewrap"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
	echo "==> Installing$missing (a minute or two)"
	export DEBIAN_FRONTEND=noninteractive
	# shellcheck disable=SC2086  # one word per package
	if apt-get update -qq && apt-get install -qq --yes --no-install-recommends $missing >/dev/null; then exit 0; fi
fi
echo "Some tests need$missing: install with your package manager (Debian and Ubuntu: sudo apt-get install$missing)."
