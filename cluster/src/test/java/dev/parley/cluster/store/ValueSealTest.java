package dev.parley.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueSealTest {

    private static final byte[] OLD = "an old secret of at least thirty-two bytes"
            .getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "a new secret of at least thirty-two bytes"
            .getBytes(StandardCharsets.UTF_8);
    private static final byte[] VALUE = "what was said".getBytes(StandardCharsets.UTF_8);

    private final ValueSeal seal = new ValueSeal(List.of(NEW, OLD), "calls");

    @Test
    void valueIsReadUnderItsNameOnly() {
        byte[] sealed = seal.seal("one", VALUE);
        assertThat(seal.open("one", sealed)).contains(VALUE);
        assertThat(seal.open("two", sealed)).isEmpty();
        assertThat(new ValueSeal(List.of(NEW), "other").open("one", sealed)).isEmpty();
        assertThat(seal.open("none", seal.seal("none", new byte[0]))).contains(new byte[0]);
    }

    @Test
    void bothSecretsDecryptAndTheFirstEncrypts() {
        var before = new ValueSeal(List.of(OLD), "calls");
        var after = new ValueSeal(List.of(NEW), "calls");
        assertThat(seal.open("one", before.seal("one", VALUE))).contains(VALUE);
        assertThat(after.open("one", seal.seal("one", VALUE))).contains(VALUE);
        assertThat(before.open("one", seal.seal("one", VALUE))).isEmpty();
        assertThat(after.open("one", before.seal("one", VALUE))).isEmpty();
    }

    @Test
    void changedOrShortenedValueIsNotRead() {
        byte[] sealed = seal.seal("one", VALUE);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(seal.open("one", changed)).as("byte %d changed", i).isEmpty();
            assertThat(seal.open("one", java.util.Arrays.copyOf(sealed, i))).as("%d bytes", i).isEmpty();
        }
    }

    @Test
    void sameValueLooksDifferentEachTimeAndShowsNothing() {
        byte[] one = seal.seal("one", VALUE);
        byte[] other = seal.seal("one", VALUE);
        assertThat(one).isNotEqualTo(other).hasSize(VALUE.length + 1 + 16 + 12 + 16);
        assertThat(new String(one, StandardCharsets.ISO_8859_1)).doesNotContain("said");
    }

    @Test
    void secretIsRequired() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ValueSeal(List.of(), "calls"));
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
