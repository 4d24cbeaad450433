# fish completion of tokenctl; written by 'tokenctl completion fish'
function __tokenctl_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in ($words[1] ---complete (count $words) $words[2..-1] "$current" 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path "$current"
            case ':directories'
                __fish_complete_directories "$current"
            case '*'
                echo -- $line
        end
    end
end
complete -c tokenctl -f -a '(__tokenctl_complete)'
