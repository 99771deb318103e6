"""The demo cluster: hosts for an ordinary user, made of sshd and bubblewrap."""
