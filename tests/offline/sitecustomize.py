"""On PYTHONPATH this cuts Python off the network: only sockets that are files of this machine connect."""

import socket

_connect = socket.socket.connect


def connect(self, address):
    if self.family != socket.AF_UNIX:
        raise OSError(f"the network is off in tests; tried {address}")
    return _connect(self, address)


socket.socket.connect = connect
socket.socket.connect_ex = connect
