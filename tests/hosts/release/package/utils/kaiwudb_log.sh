# Console lines (stdout) and the log file log/YYYY-MM-DD.

log_init() {
  mkdir -p $here/log && chmod 755 $here/log
  LOG_FILE=$here/log/$(date +%F)
  if [ -z "$LOG_FILE" ] || ! touch $LOG_FILE 2>/dev/null; then
    echo -e "\033[31m[ERROR]\033[0m Deploy log init failed."
    exit 1
  fi
  chmod 755 $LOG_FILE
}

format_print() { printf '%123s\r' ''; }

# The message is not quoted: blanks collapse, newlines become blanks.
log_line() { # COLOUR LEVEL MESSAGE
  local stamp=$(date '+%Y-%m-%d %H:%M:%S')
  format_print
  echo -e "\033[$1m [$2]" $stamp $3 "\033[0m"
  echo "[$2]" $stamp $3 >>$LOG_FILE
}

log_error() { log_line 31 ERROR "$1"; }
log_warn() { log_line 33 WARN "$1"; }

completed() { echo -e "\033[1;32m[$1 COMPLETED]:\033[0m$2"; } # WHAT TEXT
