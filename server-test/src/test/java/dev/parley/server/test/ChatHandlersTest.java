package dev.parley.server.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.RefusedException;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example of docs/testing.md. */
class ChatHandlersTest {
    private final SocketIoServer io = SocketIoServer.create(ServerOptions.defaults());
    private final SocketIoTest test = SocketIoTest.of(io);

    @BeforeEach
    void register() {
        new ChatHandlers().register(io);
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void othersReceiveTheMessage() {
        var anna = test.connect("/", Map.of("token", "t"));
        var ben = test.connect("/", Map.of("token", "t"));
        anna.emit("chat", "hello");
        assertThat(ben.received("chat")).extracting(event -> event.text(0)).containsExactly("hello");
        assertThat(anna.received("chat")).isEmpty();
    }

    @Test
    void additionIsAcknowledged() {
        var anna = test.connect("/", Map.of("token", "t"));
        assertThat(anna.call("add", 1, 2).as(0, Integer.class)).isEqualTo(3);
    }

    @Test
    void strangersAreRefused() {
        assertThatThrownBy(() -> test.connect("/")).isInstanceOfSatisfying(ConnectRefusedException.class,
                refused -> assertThat(refused.reason()).isEqualTo("not authorized"));
    }

    /** Here a busy machine may need more than the default; pages need not show it. */
    @BeforeEach
    void waitLonger() {
        test.timeout(Duration.ofMinutes(1));
    }

    @Test
    void documentationShowsThisTest() throws Exception {
        String page = Files.readString(Path.of("../docs/testing.md"));
        String example = page.substring(page.indexOf("```java\n") + 8,
                page.indexOf("    @Test\n    void strangers"));
        String here = Files.readString(Path.of("src/test/java/dev/parley/server/test/ChatHandlersTest.java"));
        assertThat(here).containsIgnoringWhitespaces(example);
    }

    private static final class ChatHandlers {
        void register(SocketIoServer io) {
            io.use(socket -> {
                if (socket.handshake().credentials().isEmpty()) {
                    throw new RefusedException("not authorized");
                }
            });
            io.onConnection(socket -> socket
                    .on("chat", event -> socket.broadcast().emit("chat", event.text(0)))
                    .on("add", event -> event.ack(event.as(0, Integer.class) + event.as(1, Integer.class))));
        }
    }
}
