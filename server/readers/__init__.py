"""Evaluate queries in processes of their own, so that none can hurt another.

    guardian    starts the keeper, and another should it die              (one process)
    keeper      holds the dataset, forks readers, applies changes         (one process)
    reader      answers one query at a time, is killed at its deadline    (several)
    direct      how a reader speaks with a client itself, while its requests are plain queries
    ledger      where it writes down what it answered
    pool        what the HTTP process uses to reach them
    evaluate    the work itself, the same in a reader and in this process

The processes share a page of memory (`board`) and speak over Unix sockets (`wire`).
"""
