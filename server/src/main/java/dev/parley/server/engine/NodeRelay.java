package dev.parley.server.engine;

import java.util.List;

/**
 * Carries requests between servers as messages, where one cannot connect to the other. At the server that was asked, the cluster implements
 * it; at the owner of the session, the HTTP engine. Safe from any thread; no method blocks.
 */
public interface NodeRelay {
    /** The number of bytes of a stream, in one direction, that may be under way at one time. */
    int WINDOW = 256 * 1024;

    /** A header line. */
    record Header(String name, String value) {}

    /**
     * A request.
     *
     * @param uri     path and query
     * @param headers in order, with the signature
     */
    record Request(String method, String uri, List<Header> headers, byte[] body) {}

    /**
     * A response. With status 101 a stream of bytes follows in both directions.
     *
     * @param body empty with status 101
     */
    record Response(int status, List<Header> headers, byte[] body) {}

    /** Receives what follows a request, in order, on one thread at a time. */
    interface Receiver {
        /** The response came. Called at most once. */
        void responded(Response response);

        /** Bytes of the stream came. The receiver tells {@link Call#consumed} when it has room for as many again. */
        void data(byte[] bytes);

        /** The other side has consumed so many bytes of the stream. */
        void consumed(int bytes);

        /** The request or its stream has ended: nothing follows. Called once, unless {@link Call#end} was called before. */
        void ended();
    }

    /** A request under way. */
    interface Call {
        /** Sends bytes of the stream. The caller keeps to the {@link #WINDOW}. */
        void write(byte[] bytes);

        /** Tells the other side that so many bytes of the stream were consumed. */
        void consumed(int bytes);

        /** Ends the request or its stream. May be called again. */
        void end();
    }

    /** Sends a request. A request that cannot be sent ends at once. */
    Call send(Request request, Receiver receiver);
}
