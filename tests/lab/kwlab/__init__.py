"""Root lab: hosts with real systemd, sshd, sudo and dpkg on one machine."""
