# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_rationale_global_optspecs
    string join \n h/help V/version
end

function __fish_rationale_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_rationale_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_rationale_using_subcommand
    set -l cmd (__fish_rationale_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c rationale -n "__fish_rationale_needs_command" -s h -l help -d 'Print help'
complete -c rationale -n "__fish_rationale_needs_command" -s V -l version -d 'Print version'
complete -c rationale -n "__fish_rationale_needs_command" -a "compose" -d 'Export the letters of drafts; letters with errors are skipped'
complete -c rationale -n "__fish_rationale_needs_command" -a "print" -d 'Print the letters of drafts; letters with errors are skipped'
complete -c rationale -n "__fish_rationale_needs_command" -a "check" -d 'List the problems in drafts'
complete -c rationale -n "__fish_rationale_needs_command" -a "import" -d 'Turn finished letters into drafts'
complete -c rationale -n "__fish_rationale_needs_command" -a "verify" -d 'Check whether a PDF matches its draft'
complete -c rationale -n "__fish_rationale_needs_command" -a "new" -d 'Start a draft'
complete -c rationale -n "__fish_rationale_needs_command" -a "seal" -d 'Encrypt a draft with a passphrase'
complete -c rationale -n "__fish_rationale_needs_command" -a "unseal" -d 'Remove a draft\'s encryption'
complete -c rationale -n "__fish_rationale_needs_command" -a "templates" -d 'List templates, show one, or check a template file'
complete -c rationale -n "__fish_rationale_needs_command" -a "fields" -d 'List the fields of a template'
complete -c rationale -n "__fish_rationale_needs_command" -a "words" -d 'List the words in your own spelling list, or add some'
complete -c rationale -n "__fish_rationale_needs_command" -a "rules" -d 'List the rules that letters are checked against, or explain one'
complete -c rationale -n "__fish_rationale_needs_command" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c rationale -n "__fish_rationale_using_subcommand compose" -s o -l output -d 'The file to write, or - for standard output [default: next to the draft]' -r -F
complete -c rationale -n "__fish_rationale_using_subcommand compose" -l out-dir -d 'The folder to write the letters to' -r -F
complete -c rationale -n "__fish_rationale_using_subcommand compose" -l format -d 'The file format [default: by the ending of FILE, otherwise pdf]' -r -f -a "pdf\t''
docx\t''
html\t''
text\t''
png\t''
json\t''"
complete -c rationale -n "__fish_rationale_using_subcommand compose" -l template -d 'Use this template instead of the draft\'s own' -r
complete -c rationale -n "__fish_rationale_using_subcommand compose" -l copy -d 'The copy that recipients get, or the one that is published' -r -f -a "served\t''
public\t''"
complete -c rationale -n "__fish_rationale_using_subcommand compose" -l passphrase-file -d 'A file whose first line is the passphrase for encrypted drafts; without it you are asked once at the terminal' -r -F
complete -c rationale -n "__fish_rationale_using_subcommand compose" -l verify -d 'Read each PDF back first, and write only those that are complete'
complete -c rationale -n "__fish_rationale_using_subcommand compose" -l unfinished -d 'Export letters with errors too, with DRAFT on every page'
complete -c rationale -n "__fish_rationale_using_subcommand compose" -l record -d 'Record the export in the draft: date, format and the SHA-256 of each file'
complete -c rationale -n "__fish_rationale_using_subcommand compose" -s h -l help -d 'Print help'
complete -c rationale -n "__fish_rationale_using_subcommand print" -l printer -d 'The printer [default: your default printer]' -r
complete -c rationale -n "__fish_rationale_using_subcommand print" -l copies -d 'How many copies of each letter' -r
complete -c rationale -n "__fish_rationale_using_subcommand print" -l sides -d 'One-sided or two-sided [default: the printer\'s own setting]' -r -f -a "one\t''
two-long\t''
two-short\t''"
complete -c rationale -n "__fish_rationale_using_subcommand print" -l pages -d 'The pages to print, such as 1-3 or 1,4-6 [default: all]' -r
complete -c rationale -n "__fish_rationale_using_subcommand print" -l paper -d 'The paper size [default: the letter\'s own]' -r -f -a "Letter\t''
A4\t''
Legal\t''"
complete -c rationale -n "__fish_rationale_using_subcommand print" -l copy -d 'The copy that recipients get, or the one that is published' -r -f -a "served\t''
public\t''"
complete -c rationale -n "__fish_rationale_using_subcommand print" -l passphrase-file -d 'A file whose first line is the passphrase for encrypted drafts; without it you are asked once at the terminal' -r -F
complete -c rationale -n "__fish_rationale_using_subcommand print" -l list -d 'List the printers and print nothing'
complete -c rationale -n "__fish_rationale_using_subcommand print" -l unfinished -d 'Print letters with errors too, with DRAFT on every page'
complete -c rationale -n "__fish_rationale_using_subcommand print" -s h -l help -d 'Print help'
complete -c rationale -n "__fish_rationale_using_subcommand check" -l format -d 'How to list the problems' -r -f -a "human\t''
json\t''"
complete -c rationale -n "__fish_rationale_using_subcommand check" -l copy -d 'The copy to check; some rules apply only to the public copy' -r -f -a "served\t''
public\t''"
complete -c rationale -n "__fish_rationale_using_subcommand check" -l passphrase-file -d 'A file whose first line is the passphrase for encrypted drafts; without it you are asked once at the terminal' -r -F
complete -c rationale -n "__fish_rationale_using_subcommand check" -s h -l help -d 'Print help'
complete -c rationale -n "__fish_rationale_using_subcommand import" -s o -l output -d 'The draft to write, or - for standard output [default: next to the letter]' -r -F
complete -c rationale -n "__fish_rationale_using_subcommand import" -l out-dir -d 'The folder to write the drafts to' -r -F
complete -c rationale -n "__fish_rationale_using_subcommand import" -s h -l help -d 'Print help'
complete -c rationale -n "__fish_rationale_using_subcommand verify" -l passphrase-file -d 'A file whose first line is the passphrase for encrypted drafts; without it you are asked once at the terminal' -r -F
complete -c rationale -n "__fish_rationale_using_subcommand verify" -s h -l help -d 'Print help'
complete -c rationale -n "__fish_rationale_using_subcommand new" -l template -d 'The template\'s id; see `rationale templates`' -r
complete -c rationale -n "__fish_rationale_using_subcommand new" -s o -l output -d 'The file to write, or - for standard output' -r -F
complete -c rationale -n "__fish_rationale_using_subcommand new" -s h -l help -d 'Print help'
complete -c rationale -n "__fish_rationale_using_subcommand seal" -l passphrase-file -d 'A file whose first line is the passphrase for encrypted drafts; without it you are asked once at the terminal' -r -F
complete -c rationale -n "__fish_rationale_using_subcommand seal" -s h -l help -d 'Print help'
complete -c rationale -n "__fish_rationale_using_subcommand unseal" -l passphrase-file -d 'A file whose first line is the passphrase for encrypted drafts; without it you are asked once at the terminal' -r -F
complete -c rationale -n "__fish_rationale_using_subcommand unseal" -s h -l help -d 'Print help'
complete -c rationale -n "__fish_rationale_using_subcommand templates; and not __fish_seen_subcommand_from list show check help" -s h -l help -d 'Print help'
complete -c rationale -n "__fish_rationale_using_subcommand templates; and not __fish_seen_subcommand_from list show check help" -f -a "list" -d 'List the templates'
complete -c rationale -n "__fish_rationale_using_subcommand templates; and not __fish_seen_subcommand_from list show check help" -f -a "show" -d 'Print a template, to start your own from'
complete -c rationale -n "__fish_rationale_using_subcommand templates; and not __fish_seen_subcommand_from list show check help" -f -a "check" -d 'List a template\'s problems, the fields it uses, and how long its letters get'
complete -c rationale -n "__fish_rationale_using_subcommand templates; and not __fish_seen_subcommand_from list show check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c rationale -n "__fish_rationale_using_subcommand templates; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c rationale -n "__fish_rationale_using_subcommand templates; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c rationale -n "__fish_rationale_using_subcommand templates; and __fish_seen_subcommand_from check" -l out-dir -d 'A folder to write the trial letters to, as PDFs' -r -F
complete -c rationale -n "__fish_rationale_using_subcommand templates; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c rationale -n "__fish_rationale_using_subcommand templates; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the templates'
complete -c rationale -n "__fish_rationale_using_subcommand templates; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print a template, to start your own from'
complete -c rationale -n "__fish_rationale_using_subcommand templates; and __fish_seen_subcommand_from help" -f -a "check" -d 'List a template\'s problems, the fields it uses, and how long its letters get'
complete -c rationale -n "__fish_rationale_using_subcommand templates; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c rationale -n "__fish_rationale_using_subcommand fields" -l template -d 'The template\'s id; see `rationale templates`' -r
complete -c rationale -n "__fish_rationale_using_subcommand fields" -s h -l help -d 'Print help'
complete -c rationale -n "__fish_rationale_using_subcommand words" -s h -l help -d 'Print help'
complete -c rationale -n "__fish_rationale_using_subcommand rules" -l markdown -d 'Explain every rule, as a Markdown page'
complete -c rationale -n "__fish_rationale_using_subcommand rules" -s h -l help -d 'Print help'
complete -c rationale -n "__fish_rationale_using_subcommand help; and not __fish_seen_subcommand_from compose print check import verify new seal unseal templates fields words rules help" -f -a "compose" -d 'Export the letters of drafts; letters with errors are skipped'
complete -c rationale -n "__fish_rationale_using_subcommand help; and not __fish_seen_subcommand_from compose print check import verify new seal unseal templates fields words rules help" -f -a "print" -d 'Print the letters of drafts; letters with errors are skipped'
complete -c rationale -n "__fish_rationale_using_subcommand help; and not __fish_seen_subcommand_from compose print check import verify new seal unseal templates fields words rules help" -f -a "check" -d 'List the problems in drafts'
complete -c rationale -n "__fish_rationale_using_subcommand help; and not __fish_seen_subcommand_from compose print check import verify new seal unseal templates fields words rules help" -f -a "import" -d 'Turn finished letters into drafts'
complete -c rationale -n "__fish_rationale_using_subcommand help; and not __fish_seen_subcommand_from compose print check import verify new seal unseal templates fields words rules help" -f -a "verify" -d 'Check whether a PDF matches its draft'
complete -c rationale -n "__fish_rationale_using_subcommand help; and not __fish_seen_subcommand_from compose print check import verify new seal unseal templates fields words rules help" -f -a "new" -d 'Start a draft'
complete -c rationale -n "__fish_rationale_using_subcommand help; and not __fish_seen_subcommand_from compose print check import verify new seal unseal templates fields words rules help" -f -a "seal" -d 'Encrypt a draft with a passphrase'
complete -c rationale -n "__fish_rationale_using_subcommand help; and not __fish_seen_subcommand_from compose print check import verify new seal unseal templates fields words rules help" -f -a "unseal" -d 'Remove a draft\'s encryption'
complete -c rationale -n "__fish_rationale_using_subcommand help; and not __fish_seen_subcommand_from compose print check import verify new seal unseal templates fields words rules help" -f -a "templates" -d 'List templates, show one, or check a template file'
complete -c rationale -n "__fish_rationale_using_subcommand help; and not __fish_seen_subcommand_from compose print check import verify new seal unseal templates fields words rules help" -f -a "fields" -d 'List the fields of a template'
complete -c rationale -n "__fish_rationale_using_subcommand help; and not __fish_seen_subcommand_from compose print check import verify new seal unseal templates fields words rules help" -f -a "words" -d 'List the words in your own spelling list, or add some'
complete -c rationale -n "__fish_rationale_using_subcommand help; and not __fish_seen_subcommand_from compose print check import verify new seal unseal templates fields words rules help" -f -a "rules" -d 'List the rules that letters are checked against, or explain one'
complete -c rationale -n "__fish_rationale_using_subcommand help; and not __fish_seen_subcommand_from compose print check import verify new seal unseal templates fields words rules help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c rationale -n "__fish_rationale_using_subcommand help; and __fish_seen_subcommand_from templates" -f -a "list" -d 'List the templates'
complete -c rationale -n "__fish_rationale_using_subcommand help; and __fish_seen_subcommand_from templates" -f -a "show" -d 'Print a template, to start your own from'
complete -c rationale -n "__fish_rationale_using_subcommand help; and __fish_seen_subcommand_from templates" -f -a "check" -d 'List a template\'s problems, the fields it uses, and how long its letters get'
