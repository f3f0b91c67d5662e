package dev.parley.server.admin;

import java.time.Duration;

/**
 * How the Admin UI is let in, and what it may do. There is no way to leave the password out.
 *
 * @param namespace where it is served; {@code /admin} is where the page looks first
 * @param username  what the page has to be given, with the password
 * @param password  at least eight characters
 * @param serverId  names this server among several
 * @param readonly  whether the page may look only
 * @param detailed  whether the page is shown every socket, or counts alone; past a thousand sockets counts are kinder
 * @param interval  how often the counts are told
 */
public record AdminOptions(String namespace, String username, String password, String serverId,
        boolean readonly, boolean detailed, Duration interval) {
    private static final int SHORTEST_PASSWORD = 8;

    public AdminOptions {
        if (password.length() < SHORTEST_PASSWORD) {
            throw new IllegalArgumentException("the admin password must have at least eight characters");
        }
        if (username.isEmpty() || !namespace.startsWith("/") || namespace.length() < 2
                || !interval.isPositive()) {
            throw new IllegalArgumentException(
                    "the admin namespace needs a name like /admin, a user name and an interval");
        }
    }

    /** At {@code /admin}, with every socket shown and every act allowed, told every two seconds as the page expects. */
    public static AdminOptions of(String username, String password) {
        return new AdminOptions("/admin", username, password, "parley", false, true, Duration.ofSeconds(2));
    }

    /** Never with the password. */
    @Override
    public String toString() {
        return "AdminOptions[" + namespace + ", " + username + "]";
    }
}
