package dev.parley.settings;

import dev.parley.calls.visitor.Choice;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may come in, and by which names the server is reached.
 *
 * @param host       the address to listen on, if one is set
 * @param openToAll  whether the operator has said that strangers may come in without authentication
 * @param publicUrls the origins at which people reach the server; empty if none is set
 * @param unlimited  whether the operator has removed all limits of a day's spending
 * @param password   the password of the page
 * @param secrets    sign cookies and tokens; empty if they are to be generated
 * @param tokens     the access tokens
 * @param apiKeys    the keys of backends that request tokens for conversations
 * @param jwt        how JSON Web Tokens are verified
 * @param userHeader the header in which a trusted proxy names the user
 * @param frameAncestors the origins whose pages may show the page in a frame
 * @param tls        empty if the server speaks HTTP in clear text
 * @param clientMay  what pages may choose; empty for the default, which depends on the model
 */
public record Access(AuthMode mode, Optional<String> host, boolean openToAll, List<String> publicUrls,
        boolean unlimited, Optional<String> password, ClusterSecrets secrets, List<NamedToken> tokens,
        List<String> apiKeys, JwtSettings jwt, String userHeader, List<String> frameAncestors,
        Optional<TlsFiles> tls, Optional<Set<Choice>> clientMay) {

    /** All IPv4 addresses of the machine. */
    static final String EVERYWHERE = "0.0.0.0";

    /** This machine only, over IPv4 and IPv6. */
    static final List<String> LOOPBACK = List.of("127.0.0.1", "::1");

    public Access {
        publicUrls = List.copyOf(publicUrls);
        tokens = List.copyOf(tokens);
        apiKeys = List.copyOf(apiKeys);
        frameAncestors = List.copyOf(frameAncestors);
        clientMay = clientMay.map(Set::copyOf);
    }

    /** Returns whether visitors must show who they are. */
    public boolean authenticates() {
        return mode != AuthMode.NONE;
    }

    /** Returns the addresses to listen on: the one that is set; otherwise every interface, but only with authentication or if it is meant. */
    public List<String> hosts() {
        return host.map(List::of)
                .orElseGet(() -> authenticates() || openToAll ? List.of(EVERYWHERE) : LOOPBACK);
    }

    /** Returns whether only programs of this machine can connect. */
    public boolean isLocal() {
        return hosts().stream().allMatch(Access::isLoopback);
    }

    /**
     * Checks that strangers come in only if that is meant.
     *
     * @throws SettingsException if nobody has to log in, and the settings let others than this machine connect
     */
    public void requireSafe(Profile profile) {
        if (authenticates() || openToAll) {
            return;
        }
        String ways = "set --auth (such as --auth password with PARLEY_PASSWORD), or --open-to-all true if everybody may come in";
        if (!isLocal()) {
            throw new SettingsException("host " + hosts().getFirst()
                    + " lets others than this machine connect, and nobody has to log in: " + ways);
        }
        if (profile != Profile.DEFAULT) {
            throw new SettingsException("profile " + profile.text()
                    + " puts the server where strangers reach it, and nobody has to log in: " + ways);
        }
    }

    /** A name other than localhost counts as an address of every interface: the name service may change its mind. */
    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("::1") || host.equals("[::1]")
                || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return "Access[mode=" + mode + ", hosts=" + hosts() + ", publicUrls=" + publicUrls + "]";
    }
}
