package dev.parley.examples.spring;

import dev.parley.server.Socket;
import dev.parley.server.SocketIoServer;
import dev.parley.spring.SocketIoHandlers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.springframework.stereotype.Component;

/** The application's logic: stores the latest news and sends new items to the followers of their topic. Thread-safe. */
@Component
class Newsroom implements SocketIoHandlers {
    private static final int KEPT = 100;

    private final SocketIoServer io;
    private final Deque<News> latest = new ArrayDeque<>();

    Newsroom(SocketIoServer io) {
        this.io = io;
    }

    @Override
    public void register(SocketIoServer server) {
        server.onConnection(this::welcome);
    }

    private void welcome(Socket reader) {
        reader.on("follow", event -> {
            reader.join(event.text(0));
            event.ack(about(event.text(0)));
        });
        reader.on("post", News.class, (news, event) -> {
            publish(news);
            event.ack();
        });
    }

    void publish(News news) {
        synchronized (latest) {
            latest.addLast(news);
            if (latest.size() > KEPT) {
                latest.removeFirst();
            }
        }
        io.to(news.topic()).emit("news", news);
    }

    List<News> about(String topic) {
        synchronized (latest) {
            return latest.stream().filter(news -> news.topic().equals(topic)).toList();
        }
    }

    int readers(String topic) {
        return io.in(topic).fetchSockets().size();
    }
}
