#!/bin/bash
# add_user.sh USER : creates the management user with password-free sudo.
[ $# = 1 ] || { echo "Usage: ./add_user.sh USER"; exit 1; }
id "$1" >/dev/null 2>&1 || sudo useradd -m -s /bin/bash "$1" || exit 1
sudo grep -qs "^$1 ALL" /etc/sudoers || echo "$1 ALL=(ALL)  NOPASSWD: ALL" | sudo tee -a /etc/sudoers >/dev/null
