package dev.sluice.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void aReasonOfSeveralLinesIsOneRow() {
        StringWriter text = new StringWriter();

        new Table("NAME", "REASON", "END")
                .row("shop", "no database\n\tat 10.0.0.1\r\ntry again\n", "x")
                .print(new PrintWriter(text));

        assertThat(text.toString().lines())
                .containsExactly(
                        "NAME  REASON                               END",
                        "shop  no database; at 10.0.0.1; try again  x");
    }
}
