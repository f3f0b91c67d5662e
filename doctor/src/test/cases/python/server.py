"""A server of python-socketio: python3 python-server.py PORT aiohttp|threading. Ends when its standard input ends."""
import os
import sys
import threading

import socketio

port, mode = int(sys.argv[1]), sys.argv[2]
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
if mode == "aiohttp":
    from aiohttp import web

    server = socketio.AsyncServer(async_mode="aiohttp", ping_interval=4)
    app = web.Application()
    server.attach(app)
    web.run_app(app, host="127.0.0.1", port=port, print=None)
else:
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIServer, make_server

    class Threaded(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    server = socketio.Server(async_mode="threading", ping_interval=4)
    make_server("127.0.0.1", port, socketio.WSGIApp(server), Threaded).serve_forever()
