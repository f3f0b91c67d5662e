package dev.parley.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueCipherTest {

    private static final byte[] OLD = "an old secret of at least thirty-two bytes"
            .getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "a new secret of at least thirty-two bytes"
            .getBytes(StandardCharsets.UTF_8);
    private static final byte[] VALUE = "what was said".getBytes(StandardCharsets.UTF_8);

    private final ValueCipher cipher = new ValueCipher(List.of(NEW, OLD), "calls");

    @Test
    void valueIsReadUnderItsNameOnly() {
        byte[] encrypted = cipher.encrypt("one", VALUE);
        assertThat(cipher.decrypt("one", encrypted)).contains(VALUE);
        assertThat(cipher.decrypt("two", encrypted)).isEmpty();
        assertThat(new ValueCipher(List.of(NEW), "other").decrypt("one", encrypted)).isEmpty();
        assertThat(cipher.decrypt("none", cipher.encrypt("none", new byte[0]))).contains(new byte[0]);
    }

    @Test
    void bothSecretsDecryptAndTheFirstEncrypts() {
        var before = new ValueCipher(List.of(OLD), "calls");
        var after = new ValueCipher(List.of(NEW), "calls");
        assertThat(cipher.decrypt("one", before.encrypt("one", VALUE))).contains(VALUE);
        assertThat(after.decrypt("one", cipher.encrypt("one", VALUE))).contains(VALUE);
        assertThat(before.decrypt("one", cipher.encrypt("one", VALUE))).isEmpty();
        assertThat(after.decrypt("one", before.encrypt("one", VALUE))).isEmpty();
    }

    @Test
    void changedOrShortenedValueIsNotRead() {
        byte[] encrypted = cipher.encrypt("one", VALUE);
        for (int i = 0; i < encrypted.length; i++) {
            byte[] changed = encrypted.clone();
            changed[i] ^= 1;
            assertThat(cipher.decrypt("one", changed)).as("byte %d changed", i).isEmpty();
            assertThat(cipher.decrypt("one", java.util.Arrays.copyOf(encrypted, i))).as("%d bytes", i)
                    .isEmpty();
        }
    }

    @Test
    void sameValueLooksDifferentEachTimeAndShowsNothing() {
        byte[] one = cipher.encrypt("one", VALUE);
        byte[] other = cipher.encrypt("one", VALUE);
        assertThat(one).isNotEqualTo(other).hasSize(VALUE.length + 1 + 16 + 12 + 16);
        assertThat(new String(one, StandardCharsets.ISO_8859_1)).doesNotContain("said");
    }

    @Test
    void secretIsRequired() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ValueCipher(List.of(), "calls"));
    }

    /** RFC 5869, test case 1. */
    @Test
    void keysAreDerivedAsTheStandardSays() {
        byte[] key = Hkdf.extract(hex("000102030405060708090a0b0c"), hex("0b".repeat(22)));
        assertThat(key).isEqualTo(hex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
        assertThat(Hkdf.expand(key, hex("f0f1f2f3f4f5f6f7f8f9"), 42)).isEqualTo(
                hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
    }

    /** RFC 5869, test case 3: neither salt nor purpose. */
    @Test
    void keysAreDerivedWithoutSalt() {
        byte[] key = Hkdf.extract(new byte[0], hex("0b".repeat(22)));
        assertThat(Hkdf.expand(key, new byte[0], 42)).isEqualTo(
                hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
