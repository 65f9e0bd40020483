package dev.segue.runtime.schema;

/** What a record is for, which decides what may be in it and how strictly it is read. */
public enum Role {
  /** A step's input: may hold connections; fields that it doesn't declare are ignored. */
  INPUT,
  /** A step's output: neither connections nor secrets. */
  OUTPUT,
  /** A connection's settings: may hold secrets; fields that it doesn't declare are refused. */
  CONNECTION
}
