package dev.parley.server.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a connection waits for a request, by a clock that the test moves. */
@SuppressWarnings("FutureReturnValueIgnored") // an embedded channel writes at once
class RequestDeadlinesTest {

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private EmbeddedChannel channel = open(false);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void connectionWithoutRequestEndsAfterTenSeconds() {
        advance(9);
        assertThat(channel.isActive()).isTrue();

        advance(2);

        assertThat(channel.isActive()).isFalse();
        assertThat(sent()).isEmpty();
    }

    @Test
    void slowHeadGets408() {
        for (char each : REQUEST.substring(0, 9).toCharArray()) {
            receive(String.valueOf(each));
            advance(1);
        }
        assertThat(channel.isActive()).isTrue();

        advance(2);

        assertThat(sent()).startsWith("HTTP/1.1 408 ");
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void idleConnectionEndsAfterFifteenSeconds() {
        exchange();
        advance(14);
        assertThat(channel.isActive()).isTrue();
        exchange();
        advance(14);
        assertThat(channel.isActive()).isTrue();

        advance(2);

        assertThat(channel.isActive()).isFalse();
        assertThat(sent()).isEmpty();
    }

    @Test
    void trustedProxyKeepsItsConnectionForSeventyFiveSeconds() {
        channel = open(true);
        advance(74); // some open connections in advance
        exchange();
        advance(74);
        assertThat(channel.isActive()).isTrue();

        advance(2);

        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void slowHeadOfALaterRequestGets408() {
        exchange();
        advance(3);
        receive("GET");
        advance(9);
        assertThat(channel.isActive()).isTrue();
        receive(" /");

        advance(2);

        assertThat(sent()).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void pendingPollIsLeftAlone() {
        receive(REQUEST);
        advance(600);
        assertThat(channel.isActive()).isTrue();

        respond(HttpResponseStatus.OK);
        advance(16);

        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void bodyIsNoHead() {
        receive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
        respond(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
        receive("12");
        advance(11);
        assertThat(channel.isActive()).isTrue();

        receive("345" + REQUEST);
        advance(600);

        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void webSocketIsLeftAlone() {
        receive(REQUEST);
        respond(HttpResponseStatus.SWITCHING_PROTOCOLS);

        advance(3_600);

        assertThat(channel.isActive()).isTrue();
        assertThat(channel.pipeline().names()).doesNotContain("headBytes", "requests");
    }

    @Test
    void interimResponseEndsNoRequest() {
        receive(REQUEST);
        respond(HttpResponseStatus.CONTINUE);

        advance(60);

        assertThat(channel.isActive()).isTrue();
    }

    private void exchange() {
        receive(REQUEST);
        respond(HttpResponseStatus.OK);
    }

    private static EmbeddedChannel open(boolean proxy) {
        var channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline()
                .addLast("httpDecoder", new HttpRequestDecoder())
                .addLast("httpEncoder", new HttpResponseEncoder())
                .addLast("handler", new ChannelInboundHandlerAdapter());
        RequestDeadlines.install(channel, ConnectionLimits.defaults(), proxy);
        return channel;
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private void respond(HttpResponseStatus status) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
        response.headers().set("Content-Length", 0);
        channel.pipeline().lastContext().writeAndFlush(response);
        sent();
    }

    /** Moves the clock by seconds, one at a time. */
    private void advance(int seconds) {
        for (int i = 0; i < seconds; i++) {
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runPendingTasks();
        }
    }

    private String sent() {
        var all = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            all.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }
        return all.toString();
    }
}
