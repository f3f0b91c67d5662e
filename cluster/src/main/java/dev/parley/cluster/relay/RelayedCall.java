package dev.parley.cluster.relay;

import dev.parley.cluster.relay.RelayMessage.Content;
import dev.parley.server.engine.NodeRelay;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request at one of its two servers: numbers the messages with data that go, and checks the numbers of those that come. Safe from any thread; the messages
 * that come are handled one at a time.
 */
final class RelayedCall implements NodeRelay.Call, NodeRelay.Receiver {
    private static final int SWITCHING_PROTOCOLS = 101;

    private final String peer;
    private final Function<Content, RelayMessage> message;
    private final BiConsumer<RelayedCall, RelayMessage> publish;
    private final Runnable forget;
    /** The receiver at the server that asks. */
    private final NodeRelay.@Nullable Receiver receiver;
    /** The request at the owner. */
    private NodeRelay.@Nullable Call local;
    private int sent;
    private int expected;
    private boolean over;

    /**
     * Creates a call.
     *
     * @param peer     the tag of the other server
     * @param receiver null at the owner
     * @param message  addresses contents
     * @param publish  sends a message, and calls {@link #lost} if it does not arrive
     * @param forget   called when the call is over
     */
    RelayedCall(String peer, NodeRelay.@Nullable Receiver receiver, Function<Content, RelayMessage> message,
            BiConsumer<RelayedCall, RelayMessage> publish, Runnable forget) {
        this.peer = peer;
        this.receiver = receiver;
        this.message = message;
        this.publish = publish;
        this.forget = forget;
    }

    String peer() {
        return peer;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Passes a request on at its owner. */
    synchronized void serve(NodeRelay relay, NodeRelay.Request request) {
        local = relay.send(request, this);
    }

    /** Handles a message of the other server. */
    synchronized void received(Content content) {
        if (over) {
            return;
        }
        switch (content) {
            case Content.Asks ignored -> {}
            case Content.Responds responds -> {
                if (receiver != null) {
                    if (responds.response().status() != SWITCHING_PROTOCOLS) {
                        finish();
                    }
                    receiver.responded(responds.response());
                }
            }
            case Content.Data data -> {
                if (data.number() != expected) {
                    lost();
                } else {
                    expected++;
                    if (receiver != null) {
                        receiver.data(data.bytes());
                    } else if (local != null) {
                        local.write(data.bytes());
                    }
                }
            }
            case Content.Consumed consumed -> {
                if (receiver != null) {
                    receiver.consumed(consumed.bytes());
                } else if (local != null) {
                    local.consumed(consumed.bytes());
                }
            }
            case Content.Ends ends -> {
                finish();
                tellEnd();
            }
        }
    }

    private void finish() {
        over = true;
        forget.run();
    }

    private void tellEnd() {
        if (receiver != null) {
            receiver.ended();
        } else if (local != null) {
            local.end();
        }
    }

    private void send(Content content) {
        publish.accept(this, message.apply(content));
    }

    /** A message was lost, or the other server is: ends the request here, and tells the other server if it can. */
    synchronized void lost() {
        if (!over) {
            finish();
            tellEnd();
            send(new Content.Ends(sent));
        }
    }

    /** There is no room for the request, which was not sent: responds to it. */
    synchronized void refused(NodeRelay.Response response) {
        if (!over) {
            finish();
            if (receiver != null) {
                receiver.responded(response);
            }
        }
    }

    // Data to send, from the server that asks or from the local request of the owner.

    @Override
    public synchronized void write(byte[] bytes) {
        data(bytes);
    }

    @Override
    public synchronized void data(byte[] bytes) {
        if (!over) {
            send(new Content.Data(sent++, bytes));
        }
    }

    @Override
    public synchronized void responded(NodeRelay.Response response) {
        if (!over) {
            if (response.status() != SWITCHING_PROTOCOLS) {
                finish();
            }
            send(new Content.Responds(response));
        }
    }

    @Override
    public synchronized void consumed(int bytes) {
        if (!over) {
            send(new Content.Consumed(bytes));
        }
    }

    @Override
    public synchronized void ended() {
        end();
    }

    @Override
    public synchronized void end() {
        if (!over) {
            finish();
            send(new Content.Ends(sent));
        }
    }
}
