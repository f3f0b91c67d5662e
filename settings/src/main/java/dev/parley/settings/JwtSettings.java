package dev.parley.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How JSON Web Tokens are verified: by exactly one of a shared secret, a public key, and a URL of keys.
 *
 * @param secret    of HMAC
 * @param pem       the text of a file with a public key or a certificate
 * @param jwks      where the keys of the issuer are (JWKS)
 * @param issuer    that tokens must name, if it is set
 * @param audience  that tokens must name, if it is set
 * @param clockSkew by which the clocks of issuer and server may differ
 */
public record JwtSettings(Optional<String> secret, Optional<String> pem, Optional<URI> jwks,
        Optional<String> issuer, Optional<String> audience, Duration clockSkew) {

    /** Returns how many kinds of keys are set. */
    int keys() {
        return (secret.isPresent() ? 1 : 0) + (pem.isPresent() ? 1 : 0) + (jwks.isPresent() ? 1 : 0);
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return "JwtSettings[issuer=" + issuer + ", audience=" + audience + "]";
    }
}
