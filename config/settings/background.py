"""Work in the background: the queue, and what is done by the clock."""

from celery.schedules import crontab

CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600, "socket_connect_timeout": 0.5}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "deliver-journal": {"task": "accounts.journal.deliver_due", "schedule": 10.0},
    "seal-journal": {"task": "accounts.journal.seal_entries", "schedule": 30.0},
    "close-overdue-attempts": {"task": "exams.delivery.close_overdue_attempts", "schedule": 15.0},
    "mark-submitted-attempts": {"task": "exams.marking.mark_submitted_attempts", "schedule": 10.0},
    "compute-item-statistics": {
        "task": "exams.psychometrics.compute_statistics",
        "schedule": crontab(hour=2, minute=40),
    },
    "make-review-cards": {"task": "exams.repetition.make_cards", "schedule": 60.0},
    "finish-left-reviews": {"task": "exams.repetition.finish_left_runs", "schedule": 300.0},
    "optimise-reviews": {
        "task": "exams.repetition.optimise_reviews",
        "schedule": crontab(day_of_week="sunday", hour=2, minute=30),
    },
    "keep-predictions": {"task": "analytics.readiness.keep_predictions", "schedule": 60.0},
    "show-results": {"task": "exams.marking.show_results", "schedule": 5.0},
    "finish-left-practice": {"task": "exams.practice.finish_left_sessions", "schedule": 15.0},
    "close-leagues": {"task": "gamification.leagues.close_leagues", "schedule": 300.0},
    # What was missed while a worker was busy is made up for by the next one.
    "fold-rollups": {"task": "analytics.rollups.fold", "schedule": 10.0, "options": {"expires": 10}},
    "compare-cohorts": {"task": "analytics.rollups.compare_cohorts", "schedule": crontab(hour=2, minute=40)},
    "send-letters": {"task": "accounts.mail.send_due", "schedule": 10.0},
    "check-journal": {"task": "accounts.security.check_journal", "schedule": crontab(hour=3, minute=20)},
    "forget-old-letters": {"task": "accounts.mail.forget_old_letters", "schedule": 3600.0},
    "end-overdue-impersonations": {"task": "accounts.impersonation.end_overdue", "schedule": 60.0},
    "forget-violations": {"task": "accounts.violations.forget_violations", "schedule": crontab(hour=3, minute=50)},
    "forget-sessions": {"task": "accounts.sessions.forget_sessions", "schedule": 3600.0},
    "make-personal-exports": {"task": "accounts.privacy.make_due_exports", "schedule": 30.0},
    "forget-personal-exports": {"task": "accounts.privacy.forget_old_exports", "schedule": 3600.0},
    "carry-out-erasures": {"task": "accounts.privacy.erase_due", "schedule": 300.0},
    "forget-failures": {"task": "accounts.identity.forget_failures", "schedule": 600.0},
    "give-up-unverified": {"task": "accounts.privacy.give_up_unverified", "schedule": crontab(hour=2, minute=40)},
    "close-days": {"task": "gamification.streaks.close_days", "schedule": 900.0},
    "post-reminders": {"task": "gamification.goals.post_reminders", "schedule": 300.0},
    "refit-readiness": {"task": "analytics.readiness.refit", "schedule": crontab(hour=2, minute=40)},
    "refresh-recommendations": {"task": "analytics.recommendations.refresh_stale", "schedule": 600.0},
    "forget-idempotency-keys": {"task": "accounts.idempotency.forget_old_keys", "schedule": 600.0},
}
