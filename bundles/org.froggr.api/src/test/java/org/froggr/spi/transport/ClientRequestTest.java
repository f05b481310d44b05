package org.froggr.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientRequestTest {
    /** Each bar is a NUL, each other char a byte. */
    private static byte[] bytes(String fields) {
        return fields.replace('|', '\0').getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Optional<ClientRequest> parse(String fields) throws MalformedRequestException {
        return ClientRequest.parse(bytes(fields));
    }

    @Test
    void fieldsAreTakenApartByteForByte() throws Exception {
        ClientRequest request = parse("frg/1|42|-02|4|a b||\u00ff\n|end|A=b=c|B=|end|").orElseThrow();
        assertEquals(42, request.pid());
        assertEquals(List.of("a b", "", "\udcff\n", "end"), request.arguments());
        assertEquals(Map.of("A", "b=c", "B", ""), request.environment());
        assertTrue(request.isTerminal(0) && !request.isTerminal(1) && request.isTerminal(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frg/1|42|-|2|a|end|end|",
                "frg/1|42|-|0|end|",
                "frg/1|42|-012|1|\u00e9|A=b|COLUMNS=80|end|"
            })
    void noBeginningOfARequestIsRefused(String fields) throws Exception {
        byte[] whole = bytes(fields);
        for (int length = 0; length < whole.length; length++) {
            assertTrue(ClientRequest.parse(Arrays.copyOf(whole, length)).isEmpty());
        }
        assertTrue(ClientRequest.parse(whole).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"frg/1|42|-|3|a|end|", "frg/1|42|-|0|A=b|"})
    void withoutItsEndItIsNoRequestYet(String fields) throws Exception {
        assertTrue(parse(fields).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frg/2|42|-|0|end|",
                "|end|",
                "frg/1|one|-|0|end|",
                "frg/1||-|0|end|",
                "frg/1|42|-|-1|end|",
                "frg/1|42|-||end|",
                "frg/1|42|-|99999999999|end|",
                "frg/1|42|-|0|novalue|end|",
                "frg/1|42|-|0|=x|end|",
                "frg/1|42|-|1|a|end|more|",
                "frg/1|42|-|1|a|end|m"
            })
    void whatIsNoneIsRefused(String fields) {
        assertThrows(MalformedRequestException.class, () -> parse(fields));
    }

    @Test
    void theMessageSaysWhatCameInstead() {
        Exception refusal = assertThrows(MalformedRequestException.class, () -> parse("frg/2|"));
        assertEquals("a request of another version than frg/1", refusal.getMessage());
    }

    @Test
    void theWidthIsThatOfTheEnvironment() throws Exception {
        assertEquals(132, parse("frg/1|1|-|0|COLUMNS=132|end|").orElseThrow().columns());
        assertEquals(0, parse("frg/1|1|-|0|COLUMNS=wide|end|").orElseThrow().columns());
        assertEquals(0, parse("frg/1|1|-|0|end|").orElseThrow().columns());
    }
}
