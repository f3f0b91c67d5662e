package dev.parley.cluster.relay;

import dev.parley.cluster.message.MalformedMessageException;
import dev.parley.server.engine.NodeRelay.Header;
import dev.parley.server.engine.NodeRelay.Request;
import dev.parley.server.engine.NodeRelay.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A message between two servers about one request. Its first byte is the version of the format, {@value #VERSION}; a later version must be read beside this one,
 * so that servers of both can work together.
 *
 * @param from    the tag of the server that sent the message
 * @param id      of the request, given by the server that asks
 * @param toOwner whether the message goes from the server that asks to the owner of the session
 */
record RelayMessage(String from, long id, boolean toOwner, Content content) {
    static final int VERSION = 1;

    private static final int MAX_HEADERS = 1_000;

    /** What a message says. */
    sealed interface Content {
        /** Asks. */
        record Asks(Request request) implements Content {}

        /** Responds. */
        record Responds(Response response) implements Content {}

        /**
         * Carries bytes of a stream.
         *
         * @param number counts the messages of this kind in one direction, from 0
         */
        record Data(int number, byte[] bytes) implements Content {}

        /** Tells that bytes of the stream were consumed. */
        record Consumed(int bytes) implements Content {}

        /**
         * Ends the request or its stream.
         *
         * @param number of messages with data before it, in its direction
         */
        record Ends(int number) implements Content {}
    }

    byte[] encode() {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(from);
            out.writeLong(id);
            out.writeBoolean(toOwner);
            switch (content) {
                case Content.Asks asks -> {
                    out.writeByte(1);
                    out.writeUTF(asks.request().method());
                    write(out, asks.request().uri().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    write(out, asks.request().headers());
                    write(out, asks.request().body());
                }
                case Content.Responds responds -> {
                    out.writeByte(2);
                    out.writeInt(responds.response().status());
                    write(out, responds.response().headers());
                    write(out, responds.response().body());
                }
                case Content.Data data -> {
                    out.writeByte(3);
                    out.writeInt(data.number());
                    write(out, data.bytes());
                }
                case Content.Consumed consumed -> {
                    out.writeByte(4);
                    out.writeInt(consumed.bytes());
                }
                case Content.Ends ends -> {
                    out.writeByte(5);
                    out.writeInt(ends.number());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a header or tag of more than 64 kB
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void write(DataOutputStream out, List<Header> headers) throws IOException {
        out.writeShort(headers.size());
        for (Header header : headers) {
            out.writeUTF(header.name());
            out.writeUTF(header.value());
        }
    }

    /**
     * Reads a message.
     *
     * @throws MalformedMessageException when it is of another version, or not complete
     */
    static RelayMessage decode(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new MalformedMessageException("a relayed request of version " + version);
            }
            String from = in.readUTF();
            long id = in.readLong();
            boolean toOwner = in.readBoolean();
            var content = switch (in.readUnsignedByte()) {
                case 1 -> new Content.Asks(new Request(in.readUTF(),
                        new String(bytes(in), java.nio.charset.StandardCharsets.UTF_8), headers(in),
                        bytes(in)));
                case 2 -> new Content.Responds(new Response(in.readInt(), headers(in), bytes(in)));
                case 3 -> new Content.Data(in.readInt(), bytes(in));
                case 4 -> new Content.Consumed(in.readInt());
                case 5 -> new Content.Ends(in.readInt());
                default -> throw new MalformedMessageException("a relayed request of an unknown kind");
            };
            if (in.read() >= 0) {
                throw new MalformedMessageException("a relayed request with bytes behind its end");
            }
            return new RelayMessage(from, id, toOwner, content);
        } catch (IOException e) {
            throw new MalformedMessageException("a relayed request that is not complete");
        }
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        // Looked at before, so that a wrong length reserves no memory.
        if (length < 0 || length > in.available()) {
            throw new MalformedMessageException("a relayed request with a wrong length");
        }
        return in.readNBytes(length);
    }

    private static List<Header> headers(DataInputStream in) throws IOException {
        int size = in.readUnsignedShort();
        if (size > MAX_HEADERS) {
            throw new MalformedMessageException("a relayed request with too many headers");
        }
        var headers = new ArrayList<Header>(size);
        for (int i = 0; i < size; i++) {
            headers.add(new Header(in.readUTF(), in.readUTF()));
        }
        return headers;
    }
}
