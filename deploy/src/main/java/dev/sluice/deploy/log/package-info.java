/** The server's log and the access log: how lines look, where they go, and whose loggers lead here. */
@NullMarked
package dev.sluice.deploy.log;

import org.jspecify.annotations.NullMarked;
