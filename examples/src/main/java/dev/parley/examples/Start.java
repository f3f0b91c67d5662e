package dev.parley.examples;

import dev.parley.server.ListenException;
import dev.parley.server.SocketIoServer;

/** Starts an example on the port in its first argument, on the loopback address only. */
final class Start {
    private Start() {}

    /** Exits with 1 if it cannot listen, with 2 if the argument is not a port. */
    static void listen(String name, SocketIoServer io, String[] args, int otherwise) {
        try {
            int port = io.listen("127.0.0.1", args.length == 0 ? otherwise : Integer.parseInt(args[0]));
            System.out.println(name + " listens on http://127.0.0.1:" + port);
        } catch (ListenException e) {
            exit(name + ": " + e.getMessage(), 1);
        } catch (IllegalArgumentException e) {
            exit(name + ": the argument must be a port from 0 to 65535, but is \"" + args[0] + "\"", 2);
        }
    }

    private static void exit(String sentence, int code) {
        System.err.println(sentence);
        System.exit(code);
    }
}
