package dev.parley.site.admin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The servers of a cluster, as the admin page shows them. Thread-safe. */
public final class AdminNodes {

    private static final Logger LOG = LoggerFactory.getLogger(AdminNodes.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int SHOWN = 200;

    private final String self;
    private final Supplier<Node> own;
    private volatile List<Node> others = List.of();

    /**
     * A server.
     *
     * @param name          its node tag
     * @param address       where other servers reach it; empty if they cannot
     * @param seconds       since its start
     * @param sessions      number of open sessions
     * @param conversations number of open model streams
     * @param waiting       number of those who wait for one
     * @param tokens        that it has used today
     * @param cost          of these tokens, in dollars
     */
    public record Node(String name, String address, String version, long seconds, int sessions,
            int conversations, int waiting, long tokens, double cost, boolean draining) {}

    /**
     * Begins with this server alone.
     *
     * @param self the name of this server
     * @param own  describes it; does not block
     */
    public AdminNodes(String self, Supplier<Node> own) {
        this.self = self;
        this.own = own;
    }

    /** The name of this server. */
    public String self() {
        return self;
    }

    /** Returns the report of this server for the others. */
    public String report() {
        return JSON.writeValueAsString(own.get());
    }

    /** Takes the reports of all servers. Ignores those that it does not understand. */
    public void heard(List<String> reports) {
        var heard = new ArrayList<Node>();
        for (String report : reports) {
            try {
                heard.add(JSON.readValue(report, Node.class));
            } catch (JacksonException unknown) {
                LOG.debug("the report of a server is not understood");
            }
        }
        others = heard.stream().filter(node -> !self.equals(node.name())).limit(SHOWN).toList();
    }

    /** Returns all servers, in the order of their names. */
    public List<Node> all() {
        var all = new ArrayList<>(others);
        all.add(own.get());
        all.sort(Comparator.comparing(Node::name));
        return List.copyOf(all);
    }
}
