/** A shop with Spring MVC: the parts of Spring that lean on the servlet container most. */
@NullMarked
package dev.sluice.samples.springmvc;

import org.jspecify.annotations.NullMarked;
