"""Open Referral UK (HSDS-UK 3.0), both ways: reading others' feeds, and the form of what is published."""
