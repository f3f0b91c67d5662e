package dev.parley.server.admin;

import java.time.Duration;

/**
 * Access and permissions of the Admin UI. The password is mandatory.
 *
 * @param namespace namespace of the Admin UI; the page tries {@code /admin} first
 * @param username  user name that the page must send with the password
 * @param password  password, at least eight characters
 * @param serverId  identifies this server among several
 * @param readonly  whether the page may only read
 * @param detailed  whether the page receives every socket or only counts; counts are better above a thousand sockets
 * @param interval  time between two updates of the counts
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

    /**
     * Returns options for {@code /admin} with every socket shown and every action allowed. Sends counts every two seconds, as the page
     * expects.
     */
    public static AdminOptions of(String username, String password) {
        return new AdminOptions("/admin", username, password, "parley", false, true, Duration.ofSeconds(2));
    }

    /** Omits the password. */
    @Override
    public String toString() {
        return "AdminOptions[" + namespace + ", " + username + "]";
    }
}
