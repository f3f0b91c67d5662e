package dev.parley.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.parley.access.AccessDeniedException.Reason;
import dev.parley.calls.visitor.Visitor;
import dev.parley.settings.JwtSettings;
import dev.parley.settings.SettingsException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in whoever shows a JSON Web Token (RFC 7519) that one of the configured keys has signed; the user is its subject. The kind of the key decides on the
 * algorithms: a public key never verifies an HMAC. Keys at a URL are fetched when they are needed, kept for {@value #KEPT_MINUTES} minutes, and fetched again for
 * an unknown key id, but at most every {@value #PAUSE_SECONDS} seconds; while the URL does not respond, the former keys stay valid for
 * {@value #OUTAGE_MINUTES} minutes. So {@link #identify} may block with them. Thread-safe.
 */
final class JwtLogin implements Authenticator {

    private static final Logger LOG = LoggerFactory.getLogger(JwtLogin.class);
    static final int KEPT_MINUTES = 10;
    static final int PAUSE_SECONDS = 30;
    static final int OUTAGE_MINUTES = 60;
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int LARGEST_SET = 200_000;
    private static final long MINUTE = 60_000;

    private static final Set<JWSAlgorithm> SYMMETRIC = Set.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384,
            JWSAlgorithm.HS512);
    private static final Set<JWSAlgorithm> ASYMMETRIC = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384,
            JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512,
            JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    private final JwtSettings settings;

    private JwtLogin(JwtSettings settings, Set<JWSAlgorithm> algorithms, JWKSource<SecurityContext> keys,
            InstantSource clock) {
        this.settings = settings;
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWTClaimsSetVerifier(new Claims(settings, clock));
    }

    /** @throws SettingsException if a key cannot be read */
    static JwtLogin of(JwtSettings settings, InstantSource clock) {
        if (settings.secret().isPresent()) {
            byte[] secret = settings.secret().get().getBytes(StandardCharsets.UTF_8);
            return new JwtLogin(settings, SYMMETRIC,
                    new ImmutableJWKSet<>(new JWKSet(new OctetSequenceKey.Builder(secret).build())), clock);
        }
        if (settings.pem().isPresent()) {
            return new JwtLogin(settings, ASYMMETRIC,
                    new ImmutableJWKSet<>(new JWKSet(PublicKeyFile.parse(settings.pem().get()))), clock);
        }
        return new JwtLogin(settings, ASYMMETRIC, source(settings.jwks().orElseThrow()), clock);
    }

    private static JWKSource<SecurityContext> source(URI url) {
        try {
            return JWKSourceBuilder
                    .<SecurityContext>create(url.toURL(),
                            new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, LARGEST_SET))
                    .cache(KEPT_MINUTES * MINUTE, TIMEOUT_MILLIS * 2L)
                    .refreshAheadCache(false)
                    .rateLimited(PAUSE_SECONDS * 1_000L)
                    .retrying(true)
                    .outageTolerant(OUTAGE_MINUTES * MINUTE)
                    .build();
        } catch (MalformedURLException impossible) {
            throw new SettingsException("jwt-jwks-url: " + url + " cannot be used");
        }
    }

    @Override
    public Identity identify(Credentials given) throws AccessDeniedException {
        String token = given.token()
                .orElseThrow(() -> new AccessDeniedException(Reason.MISSING,
                        "This server asks for an access token."));
        try {
            JWTClaimsSet claims = processor.process(token, null);
            return new Identity(new Visitor(claims.getSubject(), given.address(), Visitor.How.JWT),
                    Optional.of(claims.getExpirationTime().toInstant().plus(settings.clockSkew())));
        } catch (ExpiredJWTException expired) {
            throw new AccessDeniedException(Reason.EXPIRED,
                    "Your access has expired. Reload the page to get another.");
        } catch (ParseException | BadJOSEException invalid) {
            LOG.debug("a JWT was refused: {}", invalid.getMessage());
            throw new AccessDeniedException(Reason.INVALID, "This access token is not valid.");
        } catch (JOSEException away) {
            LOG.warn("a JWT cannot be verified: {}", away.getMessage());
            throw new AccessDeniedException(Reason.INVALID,
                    "This access token cannot be checked at the moment. Try again in a minute.");
        }
    }

    /** The claims that a token must have: issuer and audience as configured, a subject, and an end. By the given clock. */
    private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {

        private final InstantSource clock;

        Claims(JwtSettings settings, InstantSource clock) {
            super(settings.audience().orElse(null), exact(settings), Set.of("sub", "exp"));
            this.clock = clock;
            setMaxClockSkew((int) settings.clockSkew().toSeconds());
        }

        private static JWTClaimsSet exact(JwtSettings settings) {
            var claims = new JWTClaimsSet.Builder();
            settings.issuer().ifPresent(claims::issuer);
            return claims.build();
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }

        @Override
        public void verify(JWTClaimsSet claims, SecurityContext context) throws BadJWTException {
            super.verify(claims, context);
            String subject = claims.getSubject();
            if (subject == null || subject.isBlank() || subject.length() > Visitor.LONGEST_USER) {
                throw new BadJWTException("no usable subject");
            }
        }
    }
}
