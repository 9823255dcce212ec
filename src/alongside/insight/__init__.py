"""Find: extracts in, an explained and routed cohort out. Pure Python over DuckDB or Spark; never Django."""
