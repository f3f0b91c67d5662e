package dev.parley.examples.spring;

import dev.parley.server.SocketIoServer;
import dev.parley.spring.SocketIoServerLifecycle;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP side: news posted here is sent over Socket.IO. */
@RestController
class NewsController {
    private final Newsroom newsroom;
    private final SocketIoServer io;
    private final SocketIoServerLifecycle lifecycle;

    NewsController(Newsroom newsroom, SocketIoServer io, SocketIoServerLifecycle lifecycle) {
        this.newsroom = newsroom;
        this.io = io;
        this.lifecycle = lifecycle;
    }

    @PostMapping("/news")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void post(@RequestBody News news) {
        newsroom.publish(news);
    }

    @GetMapping("/news/{topic}")
    List<News> about(@PathVariable String topic) {
        return newsroom.about(topic);
    }

    @GetMapping("/news/{topic}/readers")
    Map<String, Integer> readers(@PathVariable String topic) {
        return Map.of("readers", newsroom.readers(topic));
    }

    /** The address of Socket.IO for the page. */
    @GetMapping("/socket")
    Map<String, Object> socket() {
        return Map.of("port", lifecycle.port(), "path", io.options().path());
    }
}
