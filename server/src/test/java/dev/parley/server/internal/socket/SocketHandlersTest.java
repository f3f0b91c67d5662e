package dev.parley.server.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.server.EventHandler;
import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import dev.parley.server.TypedHandler;
import dev.parley.server.ValueHandler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;

/** The forms in which handlers of events are registered and removed. */
class SocketHandlersTest {
    private static final TypeReference<List<Integer>> NUMBERS = new TypeReference<>() {};

    private final FakeClients clients = new FakeClients(ServerOptions.defaults());
    private final FakeClients.Client client = clients.join("a");
    private final Socket socket = client.socket();
    private final List<Object> got = new ArrayList<>();

    record Point(int x, int y) {}

    @Test
    void typedHandlersTakeTheValueAloneOrWithTheEvent() throws Exception {
        socket.on("p", Point.class, point -> got.add(point));
        socket.on("p", Point.class, (point, event) -> got.add(point.x() + event.text(1)));
        socket.on("n", NUMBERS, numbers -> got.addAll(numbers));
        socket.on("n", NUMBERS, (numbers, event) -> got.add(event.name() + numbers.size()));
        receive("[\"p\",{\"x\":1,\"y\":2},\"z\"]", "[\"n\",[3,4]]");
        assertThat(got).containsExactly(new Point(1, 2), "1z", 3, 4, "n2");
        assertThat(client.failures).isEmpty();
    }

    @Test
    void typedOnceHandlersRunOnce() throws Exception {
        socket.once("p", Point.class, point -> got.add(point));
        socket.once("p", Point.class, (point, event) -> got.add(event.name()));
        socket.once("n", NUMBERS, numbers -> got.addAll(numbers));
        socket.once("n", NUMBERS, (numbers, event) -> got.add(event.name()));
        receive("[\"p\",{\"x\":1,\"y\":2}]", "[\"p\",{\"x\":3,\"y\":4}]", "[\"n\",[3]]", "[\"n\",[4]]");
        assertThat(got).containsExactly(new Point(1, 2), "p", 3, "n");
    }

    @Test
    void argumentOfAnotherTypeUsesUpATypedOnceHandler() throws Exception {
        socket.once("p", Point.class, point -> got.add(point));
        receive("[\"p\",\"x\"]", "[\"p\",{\"x\":1,\"y\":2}]");
        assertThat(got).isEmpty();
        assertThat(client.failures).hasSize(1);
    }

    @Test
    void offRemovesAHandlerOfAnyFormByItsObject() throws Exception {
        ValueHandler<Point> value = point -> got.add("value");
        TypedHandler<Point> typed = (point, event) -> got.add("typed");
        EventHandler plain = event -> got.add("plain");
        EventHandler inline = event -> got.add("inline");
        socket.on("p", Point.class, value).once("p", Point.class, value);
        socket.on("p", Point.class, typed).once("p", Point.class, typed);
        socket.on("p", plain).once("p", plain).onInline("p", inline);
        socket.on("p", Point.class, point -> got.add("other"));
        socket.off("p", value).off("p", typed).off("p", plain).off("p", inline);
        receive("[\"p\",{\"x\":1,\"y\":2}]");
        assertThat(got).containsExactly("other");
    }

    @Test
    void offOfOneHandlerLeavesTheOthersOfItsForm() throws Exception {
        ValueHandler<Point> gone = point -> got.add("gone");
        ValueHandler<Point> stays = point -> got.add("stays");
        socket.on("p", Point.class, gone).on("p", Point.class, stays).off("p", gone).off("q", stays);
        receive("[\"p\",{\"x\":1,\"y\":2}]");
        assertThat(got).containsExactly("stays");
    }

    @ParameterizedTest
    @CsvSource({"disconnect,onDisconnect(", "disconnecting,onDisconnecting(", "connect,onConnection(",
            "connection,onConnection("})
    void lifecycleEventsAreRefusedWithTheMethodToUse(String event, String instead) {
        for (Runnable register : List.<Runnable>of(() -> socket.on(event, any -> {}),
                () -> socket.once(event, any -> {}), () -> socket.onInline(event, any -> {}),
                () -> socket.on(event, String.class, text -> {}),
                () -> socket.on(event, String.class, (text, any) -> {}),
                () -> socket.once(event, String.class, text -> {}),
                () -> socket.once(event, String.class, (text, any) -> {}),
                () -> socket.on(event, NUMBERS, numbers -> {}),
                () -> socket.once(event, NUMBERS, (numbers, any) -> {}))) {
            assertThatIllegalArgumentException().isThrownBy(register::run)
                    .withMessageStartingWith("\"" + event + "\" is not an event that a client sends: use ")
                    .withMessageContaining(instead);
        }
    }

    private void receive(String... events) throws InterruptedException {
        for (String event : events) {
            client.receive(event);
        }
        client.settle();
    }
}
