/** What is said about a graph of objects: findings with the way to them, what a fork costs, the tree that people look at. */
@NullMarked
package dev.sluice.fork.report;

import org.jspecify.annotations.NullMarked;
