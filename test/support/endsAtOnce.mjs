// A helper process that cannot do its work.
process.exit(3)
