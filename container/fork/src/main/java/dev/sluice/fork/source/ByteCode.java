package dev.sluice.fork.source;

/** Finds instructions in the code of a method. */
final class ByteCode {
    /** Operand bytes of the instructions 0 to 201 (JVMS 6.5); x for the three whose length varies. */
    private static final String OPERANDS = "00000000000000001212211111000000"
            + "00000000000000000000001111100000"
            + "00000000000000000000000000000000"
            + "00000000000000000000000000000000"
            + "00002000000000000000000002222222"
            + "2222222221xx00000022222224421200"
            + "2200x32244";

    private static final int TABLESWITCH = 170;
    private static final int LOOKUPSWITCH = 171;
    private static final int INVOKEVIRTUAL = 182;
    private static final int INVOKEDYNAMIC = 186;
    private static final int WIDE = 196;
    private static final int IINC = 132;

    private ByteCode() {}

    interface Call {
        void at(int position, int poolIndex);
    }

    /**
     * Finds the calls of a method.
     *
     * @param dynamic the invokedynamic instructions
     * @param ordinary those that name a method
     */
    static void calls(byte[] code, Call dynamic, Call ordinary) {
        int position = 0;
        while (position < code.length) {
            int opcode = code[position] & 0xff;
            if (opcode >= INVOKEVIRTUAL && opcode <= INVOKEDYNAMIC) {
                int index = (code[position + 1] & 0xff) << 8 | code[position + 2] & 0xff;
                (opcode == INVOKEDYNAMIC ? dynamic : ordinary).at(position, index);
            }
            position += length(code, position, opcode);
        }
    }

    private static int length(byte[] code, int position, int opcode) {
        if (opcode == TABLESWITCH || opcode == LOOKUPSWITCH) {
            int padded = (position + 4) & ~3;
            int first = number(code, padded + 4);
            int operands = opcode == LOOKUPSWITCH ? 8 + 8 * first : 12 + 4 * (number(code, padded + 8) - first + 1);
            return padded + operands - position;
        }
        if (opcode == WIDE) {
            return (code[position + 1] & 0xff) == IINC ? 6 : 4;
        }
        return 1 + OPERANDS.charAt(opcode) - '0';
    }

    private static int number(byte[] code, int at) {
        return (code[at] & 0xff) << 24 | (code[at + 1] & 0xff) << 16 | (code[at + 2] & 0xff) << 8 | code[at + 3] & 0xff;
    }
}
