package dev.parley.bench.driver;

/** A client that sends one kind of message and hears its echo. On the driver's loop. */
interface EchoClient {
    void open();

    /** Sends one message. */
    void fire();

    void close();

    /** Receives the events of a client. */
    interface Listener {
        void ready();

        /** An echo, or a delivery; the latency is negative when it was not this client that sent it. */
        void echoed(EchoClient client, long nanos);

        void lost(EchoClient client);
    }
}
