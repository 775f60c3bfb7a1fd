package dev.sluice.war.check;

/** What the rules ask when they judge a field. */
record Evidence(ClassTable table, Summaries summaries, Phases phases, Natures natures, Sharing sharing) {}
